"""A large desk made of rows, for measuring: believable words, people and stories; one seed, one desk."""
