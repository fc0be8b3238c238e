/** What the page is for. */
export const DESCRIPTION = "This tenant’s own accounts at model providers, and how they do.";
