import type { AiFunction } from "#lib/gateway/contract/catalog.ts";

/**
 * The built-in AI tasks of a B2B SaaS. What each needs is what its input looks like at its largest. "json" is asked for
 * only where the shape is the point (extraction): a call that sends `response_format` brings that need along itself.
 * Output limits leave room for reasoning, which counts as output; a temperature is set only where the same input
 * should always get the same label. A short answer is of use only when it is complete, and is held until it is; prose
 * that somebody watches being written comes as it is written.
 */
export const FUNCTIONS: readonly AiFunction[] = [
  {
    slug: "email-classification",
    name: "Email classification",
    description: "Sorts an incoming email by topic, urgency and what it asks for.",
    needs: { contextTokens: 16_000, capabilities: [] },
    defaults: { temperature: 0, maxOutputTokens: 4_096 },
    delivery: "whole",
  },
  {
    slug: "lead-qualification",
    name: "Lead qualification",
    description: "Scores a lead against the ideal customer profile and says why.",
    needs: { contextTokens: 32_000, capabilities: [] },
    defaults: { maxOutputTokens: 8_192 },
    delivery: "whole",
  },
  {
    slug: "meeting-brief-generation",
    name: "Meeting brief generation",
    description: "Prepares a one-page brief from account history, attendees and open topics.",
    needs: { contextTokens: 64_000, capabilities: [] },
    defaults: { maxOutputTokens: 16_384 },
    delivery: "live",
  },
  {
    slug: "outcome-analysis",
    name: "Outcome analysis",
    description: "Explains why a deal, a campaign or a case ended as it did, and what to change.",
    needs: { contextTokens: 100_000, capabilities: [] },
    defaults: { maxOutputTokens: 16_384 },
    delivery: "live",
  },
  {
    slug: "conversation-summary",
    name: "Conversation summary",
    description: "Sums up a chat or an email thread: what was said, decided and left open.",
    needs: { contextTokens: 64_000, capabilities: [] },
    defaults: { maxOutputTokens: 8_192 },
    delivery: "live",
  },
  {
    slug: "document-summary",
    name: "Document summary",
    description: "Sums up a long contract, report or proposal.",
    needs: { contextTokens: 200_000, capabilities: [] },
    defaults: { maxOutputTokens: 16_384 },
    delivery: "live",
  },
  {
    slug: "reply-drafting",
    name: "Reply drafting",
    description: "Drafts an answer to a customer in the company's voice.",
    needs: { contextTokens: 32_000, capabilities: [] },
    defaults: { maxOutputTokens: 8_192 },
    delivery: "live",
  },
  {
    slug: "entity-extraction",
    name: "Entity extraction",
    description: "Pulls people, companies, dates and amounts out of text as JSON.",
    needs: { contextTokens: 32_000, capabilities: ["json"] },
    defaults: { temperature: 0, maxOutputTokens: 8_192 },
    delivery: "whole",
  },
  {
    slug: "document-extraction",
    name: "Document extraction",
    description: "Reads the fields of a scanned invoice, order or form as JSON.",
    needs: { contextTokens: 64_000, capabilities: ["vision", "json"] },
    defaults: { maxOutputTokens: 8_192 },
    delivery: "whole",
  },
  {
    slug: "semantic-search",
    name: "Semantic search",
    description: "Turns text into vectors, to index it and to search it by meaning.",
    needs: { contextTokens: 8_000, capabilities: ["embeddings"] },
    defaults: {},
    delivery: "whole",
  },
  {
    slug: "call-transcript-analysis",
    name: "Call transcript analysis",
    description: "Finds objections, commitments and risks in the transcript of a sales or support call.",
    needs: { contextTokens: 120_000, capabilities: [] },
    defaults: { maxOutputTokens: 16_384 },
    delivery: "live",
  },
  {
    slug: "data-enrichment",
    name: "Data enrichment",
    description: "Completes a company or contact record by calling lookup tools, and answers as JSON.",
    needs: { contextTokens: 32_000, capabilities: ["tools", "json"] },
    defaults: { maxOutputTokens: 8_192 },
    delivery: "whole",
  },
  {
    slug: "ticket-triage",
    name: "Ticket triage",
    description: "Gives a support ticket its priority, its team and a first step.",
    needs: { contextTokens: 16_000, capabilities: [] },
    defaults: { temperature: 0, maxOutputTokens: 4_096 },
    delivery: "whole",
  },
  {
    slug: "sentiment-analysis",
    name: "Sentiment analysis",
    description: "Says how a customer feels about what, and how strongly.",
    needs: { contextTokens: 16_000, capabilities: [] },
    defaults: { temperature: 0, maxOutputTokens: 4_096 },
    delivery: "whole",
  },
  {
    slug: "action-item-extraction",
    name: "Action item extraction",
    description: "Lists who has to do what by when, from notes or a transcript.",
    needs: { contextTokens: 64_000, capabilities: [] },
    defaults: { maxOutputTokens: 8_192 },
    delivery: "whole",
  },
];
