/** The page's background colours in the light and dark theme, as in globals.css. */
export const backgroundColour = { light: "#faf6ec", dark: "#14162b" };
