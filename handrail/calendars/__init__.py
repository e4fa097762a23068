"""Days on which nobody works: public holidays of countries and their parts, weekends, dates of one's own.

Nouns: region, days off. It keeps nothing; whoever plans keeps which days are off, and asks here what that
means for a day. The rooms above plan by it; below stands only `kit`.
"""
