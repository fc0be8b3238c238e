/** Whether the sidebar was left folded. Read by the server, written by the browser: no client code in this file. */
export const SIDEBAR_COOKIE = "switchyard-sidebar";
