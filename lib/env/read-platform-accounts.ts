/** The operator's own account at a provider: from `PLATFORM_<PROVIDER>_<FIELD>`, as it was entered. */
export interface PlatformAccount {
  provider: string;
  /** By field id. */
  fields: Record<string, string>;
}

/** What there is to know of providers, handed in: which there are, their fields, and what an account of each lacks. */
export interface AccountRules {
  providers: readonly { id: string; fields: readonly { id: string }[] }[];
  problemsOf(account: PlatformAccount): readonly AccountProblem[];
}

export interface AccountProblem {
  field: string;
  /** The field that would do as well; null: none would. */
  orField: string | null;
  /** The rest of a sentence that begins with the field's name. Never repeats a value. */
  message: string;
}

const PREFIX = "PLATFORM_";

interface Variable {
  provider: string;
  field: string;
}

/** The accounts that the environment describes, and a sentence about everything that is wrong with them. */
export function readPlatformAccounts(source: Readonly<Record<string, string>>, rules: AccountRules) {
  const variables = knownVariables(rules);
  const found = new Map<string, PlatformAccount>();
  const problems: string[] = [];
  for (const [name, value] of Object.entries(source)) {
    const variable = variables.get(name);
    if (variable === undefined) {
      const problem = explainUnknown(name, rules);
      if (problem !== null) problems.push(problem);
      continue;
    }
    const account = found.get(variable.provider) ?? { provider: variable.provider, fields: {} };
    account.fields[variable.field] = value;
    found.set(variable.provider, account);
  }
  const accounts = [...found.values()];
  problems.push(...accounts.flatMap((account) => describeProblems(account, rules)));
  return { found: accounts, problems };
}

function knownVariables({ providers }: AccountRules): ReadonlyMap<string, Variable> {
  const entries = providers.flatMap(({ id, fields }) =>
    fields.map((field): [string, Variable] => [variableName(id, field.id), { provider: id, field: field.id }]),
  );
  return new Map(entries);
}

function describeProblems(account: PlatformAccount, rules: AccountRules): string[] {
  return rules.problemsOf(account).map(({ field, orField, message }) => {
    const names = [field, ...(orField === null ? [] : [orField])].map((id) => variableName(account.provider, id));
    return `${names.join(" or ")} ${message}.`;
  });
}

/** A slip in a variable of ours; null for one that is somebody else's. */
function explainUnknown(name: string, { providers }: AccountRules): string | null {
  if (!name.startsWith(PREFIX)) return null;
  const rest = name.slice(PREFIX.length);
  const matching = providers.filter(({ id }) => rest.startsWith(`${toWord(id)}_`));
  // The longest, since OPENAI_COMPATIBLE begins with OPENAI.
  const named = matching.sort((one, other) => other.id.length - one.id.length)[0];
  if (named !== undefined) {
    const fields = named.fields.map(({ id }) => toWord(id)).join(", ");
    return `${name} names no field of ${toWord(named.id)}; it has ${fields}.`;
  }
  const isField = providers.some(({ fields }) => fields.some(({ id }) => rest.endsWith(`_${toWord(id)}`)));
  return isField ? `${name} names no provider; known are ${providers.map(({ id }) => toWord(id)).join(", ")}.` : null;
}

function variableName(provider: string, field: string): string {
  return `${PREFIX}${toWord(provider)}_${toWord(field)}`;
}

/** `azure-openai` is AZURE_OPENAI, `apiKey` is API_KEY. */
function toWord(id: string): string {
  return id.replace(/[A-Z]/g, "_$&").replaceAll("-", "_").toUpperCase();
}
