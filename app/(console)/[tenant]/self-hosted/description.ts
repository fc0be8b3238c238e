/** What the page is for. */
export const DESCRIPTION = "Servers that you run yourself: their models, how they do and what they cost.";
