import { type RefObject, useEffect, useState } from "react";
import { ApiError } from "#lib/queries/api-error.ts";

/** What is wrong with which field of a form, and the rest that no field can say. Focus goes to the first field. */
export function useProblems(form: RefObject<HTMLFormElement | null>) {
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  const [rest, setRest] = useState<Error | null>(null);
  useEffect(() => {
    if (Object.keys(fields).length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [fields, form]);
  return {
    fields,
    rest,
    clear() {
      setFields({});
      setRest(null);
    },
    show: setFields,
    take(error: Error) {
      const found = error instanceof ApiError ? error.fields : {};
      const isSaid = Object.keys(found).length > 0 && Object.keys(found).every((name) => hasField(form.current, name));
      setFields(found);
      setRest(isSaid ? null : error);
    },
  };
}

function hasField(form: HTMLFormElement | null, name: string): boolean {
  return form?.elements.namedItem(name) != null;
}
