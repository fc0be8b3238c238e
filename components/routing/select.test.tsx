import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { Field } from "#components/ui/field.tsx";
import { Select } from "./select.tsx";

test("nothing can be chosen while the page would not hear of it", () => {
  const options = [{ value: "self-hosted", label: "Self-hosted" }] as const;
  const drawn = renderToString(
    <Field label="Mode" name="mode">
      <Select value="self-hosted" onChange={() => undefined} options={options} />
    </Field>,
  );
  expect(drawn).toMatch(/<select[^>]* disabled=""/);
});
