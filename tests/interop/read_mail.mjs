// The calendar parts of a mail on standard input, as postal-mime reads them: type, method and bytes (base64).
import { createRequire } from "node:module";
const require = createRequire(`${process.argv[2]}/`);
const PostalMime = (await import(require.resolve("postal-mime"))).default;
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const mail = await PostalMime.parse(Buffer.concat(chunks), { attachmentEncoding: "arraybuffer" });
const parts = mail.attachments.filter((part) => part.mimeType === "text/calendar");
process.stdout.write(
  JSON.stringify({
    from: mail.from.address,
    to: mail.to.map((one) => one.address),
    text: mail.text,
    parts: parts.map((part) => ({ method: part.method, content: Buffer.from(part.content).toString("base64") })),
  }),
);
