const SINGLE_EMBEDDING =
  "A batch of one text: the library asks for a single text by itself, which is answered in another shape.";

/** Recordings that are not answered as they should be, each with its reason. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  "pydanticai__bedrock__chat__test-bedrock-media-kind-delivered-in-tool-result-mistral-document__0":
    "Mistral's models take ids of nine letters only: the library makes them, and knows them again in the next turn.",
  "pydanticai__bedrock__chat_stream__test-bedrock-model-code-execution-tool-stream__0":
    "A tool that Nova runs itself: no caller's wire can ask for it here, and the library does not read its results.",
  "pydanticai__gemini__embeddings__test-google-task-prefix-symmetric-query__0": SINGLE_EMBEDDING,
  "pydanticai__gemini__embeddings__testgoogle-test-instrumentation__0": SINGLE_EMBEDDING,
};

/** The same of answers that were recorded without their requests. */
export const LONE_EXCEPTIONS: Readonly<Record<string, string>> = {
  "vercel__openai__stream__responses-openai-error-1":
    "The account is out of quota, which its stream says before its first token: the caller gets a 502 and no stream.",
};
