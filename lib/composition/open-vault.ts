import type { Database } from "#lib/db/client.ts";
import { openDataKeys } from "#lib/db/data-keys.ts";
import type { Environment } from "#lib/env/read-env.ts";
import type { KeyWrapper } from "#lib/vault/key-wrapper.ts";
import { openKeyWrapper } from "#lib/vault/open-key-wrapper.ts";
import { createVault, type Vault } from "#lib/vault/vault.ts";

interface VaultParts {
  environment: Pick<Environment, "masterKeys" | "keyService">;
  /** Those that the data folder's instance made for itself; null: there is no such folder. */
  generatedMasterKeys: string | null;
  /** What the key services' own tools read too. */
  variables: Readonly<Record<string, string | undefined>>;
}

interface Problem {
  /** For the log; null: the master keys are there. */
  problem: string | null;
}

/**
 * Where the master keys are. What is missing for it stops nothing: connections then cannot be opened and say why, while
 * everything else goes on.
 */
export function openWrapper({ environment, generatedMasterKeys, variables }: VaultParts): KeyWrapper & Problem {
  const { masterKeys, keyService } = environment;
  try {
    const settings = { masterKeys: masterKeys ?? generatedMasterKeys, keyService, variables };
    return { ...openKeyWrapper(settings), problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : "The master keys cannot be used.";
    const unavailable = { status: "unavailable" as const, reason };
    return {
      wrap: async () => unavailable,
      recognises: () => true,
      unwrap: async () => unavailable,
      problem: reason,
    };
  }
}

export function openVault(database: Database, wrapper: KeyWrapper, isListening: () => boolean): Vault {
  return createVault({ wrapper, store: openDataKeys(database), isListening });
}
