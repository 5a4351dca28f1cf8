/** The ground of every page by day and by night, for what stands around it; as in globals.css. */
export const backgroundColour = { light: "#faf6ec", dark: "#14162b" };
