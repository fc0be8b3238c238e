import type { NextConfig } from "next";

// Nothing leaves the machine unasked. Read by Next after this file, before it would first report.
process.env.NEXT_TELEMETRY_DISABLED = "1";

const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/** For what proxy.ts does not see: files and answers of the API, which never run a script. */
const passiveContentPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // `npm test` checks the types of every file; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  // The server prints 127.0.0.1 as well as localhost: in development both may load the scripts.
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  serverExternalPackages: ["@prisma/adapter-pg", "@prisma/client", "@node-rs/argon2", "pg", "pino"],
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    { source: "/api/:path*", headers: [{ key: "Content-Security-Policy", value: passiveContentPolicy }] },
  ],
};

export default config;
