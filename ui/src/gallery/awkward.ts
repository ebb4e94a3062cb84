import * as make from "./make";
import { choice, code, email, field, flow, pages, password, prompt } from "./make";
import type { States } from "./states";

const longDomain =
  "a-very-long-subdomain-that-goes-on.and-another-one.donaudampfschifffahrtsgesellschaft.example.co.uk";
const longWord = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const markup = `<img src=x onerror="alert(1)"><b>bold</b> {{7*7}} {site} https://evil.example/`;

const connection = {
  id: "ma_abc123xyz",
  domain: longDomain,
  profile: `profile-${longWord.toLowerCase()}`,
  saves_credentials: null,
  records_session: null,
} as const;

/** What sites really send, and what somebody might. */
export const awkward: States = {
  "awkward-long-domain": () =>
    flow({ connection, prompt: prompt([code], [make.text]), ...pages, ways: ["answer"] }),
  "awkward-long-words": () =>
    flow({
      connection,
      prompt: prompt(
        [field("w", { label: longWord, hint: longWord + longWord, placeholder: longWord })],
        [choice("c", { kind: "sign_in_method", label: longWord, detail: longWord })],
      ),
      website_error: longWord.repeat(4),
      message: longWord,
      ...pages,
      hosted_page: { state: "offered", host: longDomain, used_up: true },
      ways: ["answer", "open_hosted_page"],
    }),
  "awkward-14-fields": () =>
    flow({
      prompt: prompt(
        Array.from({ length: 14 }, (_, n) =>
          field(`f${String(n)}`, {
            label: `Security question ${String(n + 1)}`,
            required: n % 3 !== 2,
            hint: n % 4 === 0 ? "As you gave it when you opened the account" : null,
          }),
        ),
      ),
    }),
  "awkward-right-to-left": () =>
    flow({
      connection: { ...connection, domain: "דוגמה.example", profile: "الملف الشخصي" },
      prompt: prompt(
        [
          { ...email, label: "البريد الإلكتروني أو رقم الهاتف" },
          { ...password, label: "סיסמה", hint: "הסיסמה שלך באתר", reason: "rejected" },
        ],
        [choice("s", { kind: "sso_provider", label: "המשך עם Google" })],
      ),
      website_error: "كلمة المرور غير صحيحة. Try again!",
    }),
  "awkward-markup": () =>
    flow({
      connection: { ...connection, domain: "netflix.com", profile: markup },
      prompt: prompt(
        [field("__proto__", { label: markup, hint: markup, placeholder: markup })],
        [choice("<script>", { kind: "other", label: markup, detail: markup })],
      ),
      website_error: markup,
      message: markup,
    }),
  "awkward-no-labels": () =>
    flow({
      prompt: prompt(
        [
          field("a", { kind: "identifier" }),
          field("b", { kind: "password" }),
          field("c", { kind: "text" }),
          field("d", { kind: "text", label: "   " }),
        ],
        [choice("e", { method: "sms" }), choice("f", { kind: "sso_provider" })],
      ),
    }),
  "awkward-long-trouble": () =>
    flow({
      connection,
      stage: "failed",
      status: "FAILED",
      stream: { state: "ended" },
      error: {
        code: longWord,
        title: `${longWord} said no.`,
        advice: "Ask whoever sent you the link for a new one. ".repeat(6),
        details: markup,
      },
      website_error: markup,
      ways: ["ask_for_new_link", "close"],
    }),
};
