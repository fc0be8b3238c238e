export const ROUTING_DESCRIPTION = "Which models serve each function, in which order, and why. Times are UTC.";
