/** What a field's bytes mean; a message by its own fields. Fields that are not named are skipped. */
export type FieldType = "string" | "hex" | "bool" | "varint" | "fixed64" | "double" | Fields;

/** By number: the field's name, its type, and whether it comes more than once. */
export interface Fields {
  readonly [number: number]: readonly [name: string, type: FieldType, isRepeated?: "repeated"];
}

/** A protobuf message as an object. Throws on bytes that are none. */
export function readMessage(bytes: Buffer, fields: Fields): Record<string, unknown> {
  const message: Record<string, unknown> = {};
  for (const [, [name, , isRepeated]] of Object.entries(fields)) if (isRepeated) message[name] = [];
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes.readUInt8(at);
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number) => {
    const piece = bytes.subarray(at, at + length);
    if (piece.length < length) throw new RangeError("The message ends within a field.");
    at += length;
    return piece;
  };
  /** The bytes of a field as its wire type bounds them; a varint's value. */
  const readWire = (wireType: number): Buffer | bigint => {
    if (wireType === 0) return varint();
    if (wireType === 1) return take(8);
    if (wireType === 2) return take(Number(varint()));
    if (wireType === 5) return take(4);
    throw new RangeError(`There is no wire type ${wireType}.`);
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const raw = readWire(tag & 7);
    const field = fields[tag >> 3];
    if (field === undefined) continue;
    const [name, type, isRepeated] = field;
    const value = readValue(raw, type);
    if (isRepeated) (message[name] as unknown[]).push(value);
    else message[name] = value;
  }
  return message;
}

function readValue(raw: Buffer | bigint, type: FieldType): unknown {
  if (typeof raw === "bigint") return type === "bool" ? raw !== 0n : Number(raw);
  if (type === "string") return new TextDecoder("utf-8", { fatal: true }).decode(raw);
  if (type === "hex") return raw.toString("hex");
  if (type === "fixed64") return raw.readBigUInt64LE();
  if (type === "double") return raw.readDoubleLE();
  if (typeof type === "object") return readMessage(raw, type);
  throw new TypeError(`The bytes are no ${type}.`);
}
