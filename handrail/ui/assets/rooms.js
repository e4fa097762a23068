// The style sheets of the rooms. They stand in a module of their own, because a glob is drawn before every import beside
// it: the order of the layers (css/main.css) must come first, or `rooms` would be the lowest of them.
import.meta.glob("../../*/assets/*.css", { eager: true })
import.meta.glob("../../channels/*/assets/*.css", { eager: true })
