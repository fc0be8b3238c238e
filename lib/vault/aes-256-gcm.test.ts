import { expect, test } from "vitest";
import { decrypt, encrypt } from "./aes-256-gcm.ts";

/** From NIST's CAVP set gcmtestvectors.zip, gcmEncryptExtIV256.rsp: 96-bit nonces, 128-bit tags. */
const VECTORS = [
  {
    lengths: "no plaintext, no associated data",
    key: "b52c505a37d78eda5dd34f20c22540ea1b58963cf8e5bf8ffa85f9f2492505b4",
    nonce: "516c33929df5a3284ff463d7",
    associatedData: "",
    plaintext: "",
    ciphertext: "",
    tag: "bdc1ac884d332457a1d2664f168c76f0",
  },
  {
    lengths: "128 bits of plaintext, no associated data",
    key: "31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22",
    nonce: "0d18e06c7c725ac9e362e1ce",
    associatedData: "",
    plaintext: "2db5168e932556f8089a0622981d017d",
    ciphertext: "fa4362189661d163fcd6a56d8bf0405a",
    tag: "d636ac1bbedd5cc3ee727dc2ab4a9489",
  },
  {
    lengths: "128 and 128 bits",
    key: "92e11dcdaa866f5ce790fd24501f92509aacf4cb8b1339d50c9c1240935dd08b",
    nonce: "ac93a1a6145299bde902f21a",
    associatedData: "1e0889016f67601c8ebea4943bc23ad6",
    plaintext: "2d71bcfa914e4ac045b2aa60955fad24",
    ciphertext: "8995ae2e6df3dbf96fac7b7137bae67f",
    tag: "eca5aa77d51d4a0a14d9c51e1da474ab",
  },
  {
    lengths: "128 and 160 bits",
    key: "83688deb4af8007f9b713b47cfa6c73e35ea7a3aa4ecdb414dded03bf7a0fd3a",
    nonce: "0b459724904e010a46901cf3",
    associatedData: "794a14ccd178c8ebfd1379dc704c5e208f9d8424",
    plaintext: "33d893a2114ce06fc15d55e454cf90c3",
    ciphertext: "cc66bee423e3fcd4c0865715e9586696",
    tag: "0fb291bd3dba94a1dfd8b286cfb97ac5",
  },
  {
    lengths: "104 and 160 bits",
    key: "97431e565e8370a4879de962746a2fd67eca868b1c8e51eece2c1f94f74af407",
    nonce: "17fb63066e2726d282ecc610",
    associatedData: "78e7374da7c77be5938de8dd76cf0308618306a9",
    plaintext: "e21629cc973fbe40176e621d9d",
    ciphertext: "80dbd469de480389ba6c2fca52",
    tag: "4e284abb8b4f9f13c7497ae56df05fa5",
  },
  {
    lengths: "408 and 720 bits",
    key: "c277df045d0a1a3956958f271055c229d2634427b1d73e99d54920da69f72e01",
    nonce: "79e24f84bc77a21a6cb14ee2",
    associatedData:
      "ca09282238d492029afbd30ea9b4aa9d448d77b4b41a791c35ebe3f8e5034ac71210117a843fae647cea020712c27e" +
      "5c8f85acf933d5e28430c7770862d8dbb197cbbcfe49dd63f6aa05fbd13e32c459342698dfee5935c7c321",
    plaintext: "5ca68d858cc30b1cb0514c4e9de98e1a1a835df401f69e9ec6f1bcb1158f09114dff551683b3827457f77e17a7097b1ea69eac",
    ciphertext:
      "5c5223c8eda59a8dc28b08e6c21482a46e5d84d32c7050bf144fc57f4e8094de133198da7b4b8398b167204aff837da15d9ab2",
    tag: "378885950a4491bee3cd681d3c957b9a",
  },
].map(({ lengths, ...fields }) => ({
  lengths,
  ...(Object.fromEntries(Object.entries(fields).map(([name, hex]) => [name, Buffer.from(hex, "hex")])) as Record<
    keyof typeof fields,
    Buffer
  >),
}));

test.each(VECTORS)("NIST's known answer: $lengths", ({ plaintext, ciphertext, tag, ...sealing }) => {
  const sealed = Buffer.concat([ciphertext, tag]);
  expect(encrypt(sealing, plaintext)).toEqual(sealed);
  expect(decrypt(sealing, sealed)).toEqual(plaintext);
});

test.each(VECTORS)("one flipped bit of key, nonce, data, text or tag: nothing ($lengths)", (vector) => {
  const { key, nonce, associatedData, ciphertext, tag } = vector;
  const parts = { key, nonce, associatedData, sealed: Buffer.concat([ciphertext, tag]) };
  const opens = ({ sealed, ...sealing }: typeof parts) => decrypt(sealing, sealed) !== null;
  expect(opens(parts)).toBe(true);
  for (const [name, bytes] of Object.entries(parts)) {
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      if (opens({ ...parts, [name]: flipped })) expect.fail(`${name} opens with bit ${bit} flipped`);
    }
  }
});

test("a tag that was cut short is refused, however short", () => {
  const [{ plaintext, ciphertext, tag, ...sealing } = expect.fail()] = VECTORS.slice(2);
  for (let length = 0; length < ciphertext.length + tag.length; length += 1) {
    expect(decrypt(sealing, Buffer.concat([ciphertext, tag]).subarray(0, length))).toBeNull();
  }
});
