export const RESIDENCY_DESCRIPTION = "Where this tenant’s calls may go, where they went, and a signed statement of it.";
