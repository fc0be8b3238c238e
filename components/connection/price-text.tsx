import { formatExactMoney } from "#lib/format/money.ts";
import type { ConnectionDto } from "#lib/services/connections/schemas.ts";

type Price = NonNullable<ConnectionDto["own"]>["price"];

interface PriceTextProps {
  price: Price;
  hosting: ConnectionDto["hosting"];
}

/** What a connection's models cost: `$0.10 in, $0.30 out per million tokens`. */
export function PriceText({ price, hosting }: PriceTextProps) {
  if (price === null) {
    return <span className="text-ink-subtle">{hosting === "cloud" ? "as in the catalog" : "no price entered"}</span>;
  }
  if (price.kind === "gpu-hour") {
    return (
      <span>
        <span className="figures">{formatExactMoney(price.nanoUsdPerHour)}</span> per GPU-hour
      </span>
    );
  }
  return (
    <span>
      <span className="figures">{formatExactMoney(price.inputNanoUsdPerMillion)}</span> in,{" "}
      <span className="figures">{formatExactMoney(price.outputNanoUsdPerMillion)}</span> out per million tokens
    </span>
  );
}
