import type { ApiDocument, DescribedResponse } from "#lib/api-description/document/document.ts";
import { describeType } from "#lib/api-description/reference/describe-type.ts";
import { type Field, listFields } from "#lib/api-description/reference/list-fields.ts";
import { nameOf, resolveSchema } from "#lib/api-description/reference/reference.ts";
import { FieldList, TypeText } from "./field-list.tsx";
import { InlineText } from "./rich-text.tsx";

type Components = ApiDocument["components"];

interface AnswersProps {
  responses: Readonly<Record<string, DescribedResponse>>;
  components: Components;
}

/** What comes back when all is well, each answer folded to a line. */
export function Answers({ responses, components }: AnswersProps) {
  const answers = Object.entries(responses).filter(([, response]) => response["x-codes"] === undefined);
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="text-sm font-semibold">Answer</h3>
      <div className="divide-y border-y">
        {answers.map(([status, response]) => (
          <Answer key={status} status={status} response={response} components={components} />
        ))}
      </div>
    </div>
  );
}

interface AnswerProps {
  status: string;
  response: DescribedResponse;
  components: Components;
}

function Answer({ status, response, components }: AnswerProps) {
  const content = response.content ?? {};
  const schema = content["application/json"]?.schema ?? {};
  const fields = listFields(resolveSchema(components, schema));
  const headers = headersOf(response, components);
  return (
    <details>
      <summary className="cursor-pointer py-2 text-sm">
        <span className="figures font-medium">{status}</span>{" "}
        <span className="text-ink-muted">
          <InlineText text={response.description} />
        </span>{" "}
        <span className="figures">{nameOf(schema)}</span>
      </summary>
      <div className="flex flex-col gap-2 pb-3 pl-4">
        <p className="text-sm text-ink-muted">
          {Object.keys(content).join(" or ")}: <TypeText type={describeType(schema)} />
        </p>
        {fields.length > 0 && <FieldList fields={fields} isSent={false} />}
        {headers.length > 0 && (
          <>
            <h4 className="text-sm font-medium">Headers</h4>
            <FieldList fields={headers} isSent={false} />
          </>
        )}
      </div>
    </details>
  );
}

/** Those that not every answer has; the introduction tells of the other. */
const ON_EVERY_ANSWER = "x-request-id";

function headersOf(response: DescribedResponse, { headers }: Components): Field[] {
  const names = Object.keys(response.headers ?? {}).filter((name) => name !== ON_EVERY_ANSWER);
  return names.flatMap((name) => {
    const header = headers[name];
    if (header === undefined) return [];
    const { schema, description, example } = header;
    const limits = [`such as ${example}`];
    return { parent: "", name, type: describeType(schema), values: [], limits, isRequired: true, description };
  });
}
