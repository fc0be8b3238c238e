import type { SeededChoice } from "./seeded-choice.ts";
import { findNames, findSentences, findTopics, firstMatch } from "./topics.ts";

export interface AnswerInput {
  text: string;
  choice: SeededChoice;
}

/** A made-up answer: an object becomes JSON, lines become prose. */
export type Answer = { json: Record<string, unknown> } | { prose: string };
type AnswerFunction = (input: AnswerInput) => Answer;

const URGENT = /\b(urgent|asap|immediately|outage|down|critical|cannot work|today)\b/i;
const NEGATIVE = /\b(angry|bad|broken|cancel\w*|complain\w*|disappoint\w*|fail\w*|frustrat\w*|unhappy|wrong|worst)\b/i;
const POSITIVE = /\b(amazing|excellent|glad|good|great|happy|helpful|love|perfect|pleased|thank\w*)\b/i;

const EMAIL_CATEGORIES = [
  ["cancellation", /\b(cancel|churn|terminate|unsubscribe)/i],
  ["billing", /\b(invoice|billing|charge|charged|payment|refund|receipt)/i],
  ["support", /\b(error|broken|bug|issue|problem|help|crash|outage|down)\b/i],
  ["scheduling", /\b(meeting|calendar|schedule|reschedule|available|invite)/i],
  ["sales", /\b(price|pricing|quote|demo|trial|purchase|buy|upgrade|proposal)/i],
] as const;

const TEAMS = [
  ["billing", /\b(invoice|charge|payment|refund|billing)/i],
  ["security", /\b(password|breach|phish|sso|security|access)/i],
  ["integrations", /\b(api|webhook|integration|sync|import|export)/i],
] as const;

const first = (text: string) => findSentences(text)[0] ?? (text.trim().slice(0, 160) || "No text was given.");
const topicsOf = (text: string) => {
  const topics = findTopics(text, 4);
  return topics.length > 0 ? topics : ["the request"];
};
const bullets = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join("\n");
const sentimentOf = (text: string) => (NEGATIVE.test(text) ? "negative" : POSITIVE.test(text) ? "positive" : "neutral");

/** By function slug. Each derives what it says from the words of the input. */
export const ANSWERS: Readonly<Record<string, AnswerFunction>> = {
  "email-classification": ({ text }) => {
    const category = firstMatch(text, EMAIL_CATEGORIES, "general");
    const urgency = URGENT.test(text) ? "high" : NEGATIVE.test(text) ? "medium" : "low";
    return { json: { category, urgency, reason: `The message is mainly about ${topicsOf(text).join(", ")}.` } };
  },
  "lead-qualification": ({ text, choice }) => {
    const signals =
      text.match(/\b(budget|deadline|decision|director|enterprise|team|seats|pilot|quarter|VP|CTO)\b/gi) ?? [];
    const score = Math.min(
      95,
      choice.between(38, 55) + 8 * new Set(signals.map((signal) => signal.toLowerCase())).size,
    );
    const fit = score >= 70 ? "high" : score >= 50 ? "medium" : "low";
    const next_step =
      score >= 70 ? "Book a discovery call this week." : "Send a case study and follow up in two weeks.";
    return {
      json: {
        score,
        fit,
        signals: [...new Set(signals)],
        reason: `Speaks of ${topicsOf(text).join(", ")}.`,
        next_step,
      },
    };
  },
  "meeting-brief-generation": ({ text, choice }) => {
    const topics = topicsOf(text);
    const goal = choice.pick(["Agree on the next step", "Confirm scope and owner", "Settle the open questions"]);
    return {
      prose: `## Meeting brief\n\n**Context:** ${first(text)}\n\n**Topics**\n${bullets(
        topics.map((topic) => `${topic}: where it stands and who decides`),
      )}\n\n**Goal:** ${goal} on ${topics[0]}.`,
    };
  },
  "outcome-analysis": ({ text, choice }) => {
    const outcome = firstMatch(
      text,
      [
        ["lost", /\b(lost|churn|declin|reject|cancel)/i],
        ["won", /\b(won|signed|renew|closed)/i],
      ],
      "open",
    );
    const drivers = topicsOf(text).map((topic) => ({ topic, weight: choice.between(1, 5) }));
    return {
      json: {
        outcome,
        confidence: choice.between(62, 91) / 100,
        drivers,
        recommendation: `Review ${topicsOf(text)[0]} first.`,
      },
    };
  },
  "conversation-summary": ({ text }) => summary(text, "The conversation"),
  "document-summary": ({ text }) => summary(text, "The document"),
  "reply-drafting": ({ text, choice }) => {
    const opening = choice.pick([
      "Thank you for getting in touch",
      "Thanks for your message",
      "Thank you for writing to us",
    ]);
    const promise = choice.pick(["by tomorrow noon", "within one working day", "before the end of the day"]);
    return {
      prose: `Hello,\n\n${opening} about ${topicsOf(text)[0]}. I have looked into it and will come back to you with a full answer ${promise}.\n\nBest regards`,
    };
  },
  "entity-extraction": ({ text }) => ({
    json: {
      emails: text.match(/[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}/g) ?? [],
      amounts: text.match(/[$€£]\s?\d[\d,]{0,20}(?:\.\d{1,4})?/g) ?? [],
      dates: text.match(/\b\d{4}-\d{2}-\d{2}\b/g) ?? [],
      names: findNames(text),
    },
  }),
  "document-extraction": ({ text, choice }) => ({
    json: {
      document_type: firstMatch(
        text,
        [
          ["order", /\border\b/i],
          ["contract", /\bcontract\b/i],
        ],
        "invoice",
      ),
      number: `INV-${choice.between(10_000, 99_999)}`,
      total: choice.between(10_000, 990_000) / 100,
      currency: "USD",
    },
  }),
  "call-transcript-analysis": ({ text }) => {
    const questions = findSentences(text).filter((sentence) => sentence.endsWith("?"));
    return {
      json: {
        sentiment: sentimentOf(text),
        topics: topicsOf(text),
        questions: questions.slice(0, 3),
        risks: findSentences(text)
          .filter((sentence) => NEGATIVE.test(sentence))
          .slice(0, 3),
      },
    };
  },
  "data-enrichment": ({ text, choice }) => ({
    json: {
      company: findNames(text).at(-1) ?? topicsOf(text)[0],
      industry: choice.pick(["Software", "Logistics", "Healthcare", "Manufacturing"]),
      employees: choice.pick(["11-50", "51-200", "201-1000"]),
      confidence: choice.between(55, 88) / 100,
    },
  }),
  "ticket-triage": ({ text }) => {
    const priority = URGENT.test(text) ? "P1" : NEGATIVE.test(text) ? "P2" : "P3";
    return {
      json: {
        priority,
        team: firstMatch(text, TEAMS, "support"),
        first_step: `Reproduce what is said about ${topicsOf(text)[0]}.`,
      },
    };
  },
  "sentiment-analysis": ({ text, choice }) => {
    const sentiment = sentimentOf(text);
    const strength = choice.between(55, 95) / 100;
    return {
      json: {
        sentiment,
        score: sentiment === "negative" ? -strength : sentiment === "positive" ? strength : 0,
        about: topicsOf(text),
      },
    };
  },
  "action-item-extraction": ({ text, choice }) => {
    const tasks = findSentences(text).filter((sentence) => /\b(will|must|should|to do|by|please)\b/i.test(sentence));
    const items = (tasks.length > 0 ? tasks : [first(text)]).slice(0, 5);
    return {
      json: {
        action_items: items.map((task) => ({
          task,
          owner: task.match(/\b\p{Lu}\p{Ll}+/u)?.[0] ?? "unassigned",
          due_in_days: choice.between(1, 10),
        })),
      },
    };
  },
};

/** For calls that name no function of ours. */
export function answerGenerally({ text, choice }: AnswerInput): Answer {
  const opening = choice.pick(["In short", "Here is a first take", "Briefly"]);
  return {
    prose: `${opening}: your message is about ${topicsOf(text).join(", ")}. A connected model would answer it here.`,
  };
}

function summary(text: string, subject: string): Answer {
  const points = findSentences(text).slice(0, 3);
  return {
    prose: `${subject} is about ${topicsOf(text).join(", ")}.\n\n${bullets(points.length > 0 ? points : [first(text)])}`,
  };
}
