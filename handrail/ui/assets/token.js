// What every request of ours carries: the CSRF token, and the word that it comes from a page and wants a fragment.
export const ours = () => ({ "X-CSRFToken": document.querySelector('meta[name="csrf-token"]')?.content ?? "", "HX-Request": "true" })
