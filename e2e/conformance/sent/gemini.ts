import { type Body, propertiesOf, type Told, textOf } from "./told.ts";

export function readGemini(body: Body, path: string): Told {
  const contents: Body[] = body.contents;
  const parts: Body[] = contents.flatMap((content) => content.parts);
  const config = body.generationConfig ?? {};
  const functions: Body[] = [body.tools ?? []].flat().flatMap(({ functionDeclarations }) => functionDeclarations ?? []);
  const calling = body.toolConfig?.functionCallingConfig;
  const schema = config.responseJsonSchema ?? config.responseSchema;
  return {
    model: /\/models\/([^/:]+):/.exec(path)?.[1] ?? "",
    system: textOf(body.systemInstruction?.parts),
    turns: contents.map((content) => textOf(content.parts)).filter((text) => text !== ""),
    temperature: config.temperature,
    maxTokens: config.maxOutputTokens,
    stop: config.stopSequences ?? [],
    seed: config.seed,
    tools: functions.map(({ name, description, parameters, parametersJsonSchema }) => ({
      name,
      description,
      properties: propertiesOf(parametersJsonSchema ?? parameters),
    })),
    toolChoice: calling?.mode === "ANY" ? (calling.allowedFunctionNames?.[0] ?? null) : null,
    isOneToolAtATime: false,
    schema: config.responseMimeType === "application/json" ? propertiesOf(schema) : null,
    attachments: parts.flatMap(({ inlineData }) => (inlineData ? [inlineData.data] : [])),
    isReasoning: config.thinkingConfig?.includeThoughts === true,
    user: undefined,
    hasOwnField: false,
    toolResults: parts
      .filter(({ functionResponse }) => functionResponse)
      .map(({ functionResponse: { id, name, response } }) => ({
        answers: id ?? name,
        text: typeof response.content === "string" ? response.content : JSON.stringify(response),
      })),
    toolCalls: parts
      .filter(({ functionCall }) => functionCall)
      .map(({ functionCall: { id, name, args } }) => ({ id: id ?? name, name, input: args })),
  };
}
