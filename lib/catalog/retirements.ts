/**
 * From this day on (UTC) the provider no longer serves the model, by `provider/model`. No chain may name one of these.
 * Read on 2026-11-23 from developers.openai.com/api/docs/deprecations, ai.google.dev/gemini-api/docs/deprecations and
 * console.groq.com/docs/deprecations (where enterprise contracts keep access). Azure sets its own dates, by region.
 */
export const RETIREMENTS: Readonly<Record<string, string>> = {
  "openai/gpt-4.1-nano": "2026-10-23",
  "openai/gpt-5": "2026-12-11",
  "openai/gpt-5-mini": "2026-12-11",
  "openai/gpt-5-nano": "2026-12-11",
  "openai/gpt-4o": "2027-01-14",
  "openai/gpt-4o-mini": "2027-01-14",
  "openai/gpt-4.1": "2027-01-14",
  "openai/gpt-4.1-mini": "2027-01-14",
  "openai/gpt-5.1": "2027-04-01",
  "openai/gpt-5.4-nano": "2027-04-01",
  "google/gemini-2.5-pro": "2026-12-01",
  "google/gemini-2.5-flash": "2026-12-01",
  "google/gemini-3.1-flash-lite": "2027-05-07",
  "groq/qwen/qwen3-32b": "2026-07-17",
  "groq/llama-3.3-70b-versatile": "2026-08-16",
  "groq/llama-3.1-8b-instant": "2026-08-16",
};
