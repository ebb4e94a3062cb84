import type {
  ChoiceView,
  FieldView,
  LoginScreen,
  LoginWindow,
  PromptView,
  Trouble,
  View,
} from "../lib/platform/types";

/** So many minutes from now. */
export function inMinutes(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString();
}

/** A field, with everything usual left out. */
export function field(id: string, with_: Partial<FieldView>): FieldView {
  return {
    id,
    label: null,
    kind: "text",
    required: true,
    reason: "missing",
    hint: null,
    placeholder: null,
    keyboard: "text",
    autocomplete: "off",
    ...with_,
  };
}

export const email = field("f_user", {
  kind: "identifier",
  label: "Email or phone",
  keyboard: "email",
  autocomplete: "username",
});

export const password = field("f_pw", {
  kind: "password",
  label: "Password",
  autocomplete: "current_password",
});

export const code = field("f_code", {
  kind: "code",
  label: "Verification code",
  hint: "We sent it to (***) ***-**92",
  keyboard: "numeric",
  autocomplete: "one_time_code",
});

/** A choice, with everything usual left out. */
export function choice(id: string, with_: Partial<ChoiceView>): ChoiceView {
  return { id, kind: "mfa_method", method: null, label: null, detail: null, ...with_ };
}

export const text = choice("sms-1", {
  method: "sms",
  label: "Text me a code",
  detail: "(***) ***-**92",
});

export const secondText = choice("sms-2", {
  method: "sms",
  label: "Text me a code",
  detail: "(***) ***-**17",
});

export const call = choice("call", { method: "call", label: "Call me", detail: "(***) ***-**92" });

export const another = choice("switch", { method: "switch", label: "Try another way" });

export const google = choice("google", { kind: "sso_provider", label: "Continue with Google" });

/** A prompt of fields and choices. */
export function prompt(
  fields: FieldView[],
  choices: ChoiceView[] = [],
  with_: Partial<PromptView> = {},
): PromptView {
  return { interaction_id: "mai_1", open: true, fall_back: false, fields, choices, ...with_ };
}

export const trouble: Trouble = {
  code: "credentials_invalid",
  title: "The site did not accept the user name or password.",
  advice: "Ask whoever sent you the link for a new one, then try again with other values.",
  details: "Login failed: invalid credentials (attempt 3 of 3)",
};

/** A flow's view; by default one that asks for nothing yet. */
export function view(with_: Partial<View>): View {
  return {
    revision: 1,
    connection: {
      id: "ma_abc123xyz",
      domain: "netflix.com",
      profile: "my-netflix-profile",
      saves_credentials: true,
      records_session: false,
    },
    status: "IN_PROGRESS",
    step: "AWAITING_INPUT",
    stage: "asking",
    prompt: null,
    message: null,
    website_error: null,
    notice: null,
    error: null,
    expires_at: inMinutes(17.5),
    answer_by: null,
    clock_ahead_ms: 0,
    hosted_page: { state: "none" },
    live_view: { state: "none" },
    stream: { state: "live" },
    ways: ["answer"],
    ...with_,
  };
}

/** A window that shows a screen. */
export function shows(screen: LoginScreen, with_: Partial<LoginWindow> = {}): LoginWindow {
  return { revision: 1, keychain: { state: "kept" }, screen, ...with_ };
}

/** A window that shows a flow. */
export function flow(with_: Partial<View>, window: Partial<LoginWindow> = {}): LoginWindow {
  return shows({ kind: "flow", view: view(with_) }, window);
}

export const pages = {
  hosted_page: { state: "offered", host: "auth.kernel.com", used_up: true },
  live_view: { state: "offered", host: "live.onkernel.com", used_up: false },
} as const satisfies Partial<View>;
