/**
 * Share of a month's calls by function, in per cent, of a B2B SaaS that has put AI into its inbox, its CRM and its help
 * desk. An assumption, stated to be argued with: what comes in by itself (emails, tickets) is called most often, what
 * people ask for (briefs, analyses, summaries of contracts) least. Embeddings are left out: no answering model makes
 * them, so that a single model for everything could not serve them.
 */
export const CALL_SHARES: Readonly<Record<string, number>> = {
  "email-classification": 24,
  "ticket-triage": 12,
  "sentiment-analysis": 12,
  "entity-extraction": 12,
  "reply-drafting": 10,
  "conversation-summary": 8,
  "action-item-extraction": 5,
  "document-extraction": 4,
  "data-enrichment": 4,
  "lead-qualification": 3,
  "meeting-brief-generation": 2,
  "call-transcript-analysis": 2,
  "document-summary": 1,
  "outcome-analysis": 1,
};
