/**
 * The words of the console's flows: the flow pane, starting and sending a login, the live view and
 * the wall, in English.
 *
 * The person is support: they look after logins that belong to somebody else.
 */
export const live = {
  // The flow.
  "flow.status_none": "No login yet",

  // The stages, as support is told of them.
  "flow.opening": "Reading this login",
  "flow.opening_now": "Asking the service where it stands.",
  "flow.asking": "{site} asks for something Usher can’t show",
  "flow.asking_now": "Look at the remote browser: it shows what the site wants.",
  "flow.waiting_elsewhere": "Somebody has to confirm this elsewhere",
  "flow.waiting_elsewhere_now":
    "{site} wants it confirmed on another device, for example on a phone or in an e-mail.",
  "flow.waiting_elsewhere_next": "When that’s done, the login goes on by itself.",
  "flow.sending": "An answer is on its way to {site}",
  "flow.sending_now": "The remote browser is typing it into the login page.",
  "flow.needs_a_person": "Somebody has to act on {site}’s page",
  "flow.needs_a_person_now":
    "Something there can’t be asked as a form, a puzzle perhaps. Take over the remote browser and do what it asks, or send the login to somebody who can.",
  "flow.needs_a_person_next": "When it’s done, the login goes on by itself.",
  "flow.unfamiliar": "{site} asks for something new",
  "flow.unfamiliar_now":
    "This version of Usher doesn’t know this step, so it can’t show it as a form. Look at the remote browser, or at Kernel’s own page.",
  "flow.unfamiliar_step": "For support: step {step}",
  "flow.unfamiliar_next":
    "Usher keeps watching. If a step follows that it knows, it is asked here.",
  "flow.over_advice": "Look at the timeline for what is known, or start the login again.",
  "flow.typed": "What is typed goes to {site} through Kernel. Usher keeps none of it.",

  // No flow, and a connection that can't be read.
  "flow.none": "No login has been started here yet",
  "flow.none_logged_in": "Nothing to do: {site} is logged in",
  "flow.none_advice":
    "Starting one opens {site}’s login page in a remote browser. What it needs of a person is asked here, or of whoever you send it to.",
  "flow.none_logged_in_advice": "A new login is only needed if you don’t trust the present one.",
  "flow.reading": "Reading this connection",
  "flow.not_current": "Below is what was known before.",
  "flow.start": "Start a login…",
  "flow.start_again": "Start again…",
  "flow.settings": "Look at the key",
  "flow.close": "Back to the list",
  "flow.check_again": "Check again",
  "flow.checked": "Asked the service again.",

  // Starting a login.
  "login.heading": "Start a login to {site}",
  "login.for": "for “{profile}”",
  "login.about":
    "Kernel opens the login page in a remote browser. What only a person knows is asked here. You can answer it, or send the login to somebody.",
  "login.once": "Just this once",
  "login.start": "Start login",
  "login.starting": "Starting…",
  "login.cancel": "Not now",
  "login.running": "A login is running already",
  "login.running_about":
    "If you start another, the running one may be cancelled, and what somebody is typing into it is lost.",
  "login.over": "Start another anyway",
  "login.keep": "Leave it running",
  "login.already": "The service says a login is running already",
  "login.already_about": "No other was started. You can watch the one that runs.",
  "login.watch": "Watch that one",
  "login.try_again": "Try again",
  "login.broken": "Usher couldn’t start the login. Try it once more.",
  "login.started": "The login to {site} has started.",
  "login.problems":
    "{problems, plural, one {One field needs another look.} other {# fields need another look.}}",

  // What is different for one login.
  "login.as_set": "As the connection has it",
  "login.skills": "Use what Kernel has learned about the site",
  "login.skills_lasts":
    "Off lasts: automatic logins go without it too, until a login is started with it on again.",
  "login.skills_on": "On",
  "login.skills_off": "Off, until turned on again",

  // Sending it to somebody.
  "send.heading": "Send it to somebody",
  "send.started": "The login runs. Send it to somebody?",
  "send.about":
    "They answer {site}’s questions in Usher, or on Kernel’s own page. The link is a secret and works once.",
  "send.used":
    "This login wasn’t started here, so the link may have been used already by whoever it was sent to. If it turns them away, start a new login.",
  "send.none": "There is no link for this login.",
  "send.usher": "Copy link for Usher",
  "send.hosted": "Copy link to Kernel’s page",
  "send.page": "Kernel’s own page",
  "send.page_masked": "Kernel’s own page, with its code hidden",
  "send.copied":
    "Copied. It works once, and leaves the clipboard after {seconds, plural, one {# second} other {# seconds}}.",
  "send.no_link": "There is no link any more. The login may have moved on.",
  "send.no_clipboard": "Usher can’t use this computer’s clipboard.",
  "send.failed": "That didn’t work. Try it once more.",
  "send.open": "Open in browser",
  "send.open_window": "Open in a window",
  "send.opened": "Opened in your browser.",
  "send.opened_window": "Opened in a window of its own.",
  "send.uses_up": "Opening it uses the link up.",

  // The live view.
  "live.heading": "Remote browser",
  "live.of": "Remote browser: {site}",
  "live.watching": "Watching only",
  "live.watching_long": "You only watch: nothing you do here reaches the site.",
  "live.none": "There is no remote browser now.",
  "live.coming": "The remote browser is being started",
  "live.coming_about": "It appears here as soon as it is there.",
  "live.gone": "The remote browser is gone.",
  "live.elsewhere": "Not shown here",
  "live.elsewhere_about":
    "The remote browser’s view is at an address that isn’t on this environment’s list, so Usher doesn’t show it here.",
  "live.no_webrtc": "This computer’s web engine can’t show it",
  "live.no_webrtc_about":
    "The remote browser’s view needs WebRTC, and the engine that Usher’s windows use on this system doesn’t have it. Your own browser can show it.",
  "live.browser_acts": "There you don’t only watch: what you click and type may reach the site.",
  "live.opening": "Opening the view at {host}",
  "live.slow": "Nothing has come from {host} yet",
  "live.slow_about": "It may be slow, or not answer at all. The login itself goes on meanwhile.",
  "live.reload": "Load the view again",
  "live.larger": "Larger",
  "live.smaller": "Smaller",
  "live.browser": "Open in browser",
  "live.window": "Open in a window of its own",
  "live.opened": "Opened in your browser.",
  "live.opened_window": "Opened in a window of its own.",
  "live.confirm_why":
    "It isn’t on this environment’s list. If you don’t expect it, leave it closed and ask whoever looks after the environment.",

  // Taking over.
  "live.take_over": "Take over",
  "live.take_over_heading": "Take over the remote browser?",
  "live.take_over_means":
    "What you click and type then goes to {site} itself, as if you sat at that browser.",
  "live.take_over_seen":
    "Whoever has the login open may see it, and so does a recording, if there is one.",
  "live.take_over_back": "F8 gives it back, wherever you are.",
  "live.take_over_instead": "You have another remote browser taken over. That one is given back.",
  "live.take_over_leave": "Keep watching",
  "live.in_control": "You’re in control",
  "live.in_control_about": "Clicks and keys go to {site}.",
  "live.give_back": "Give back",
  "live.given_back": "The remote browser is given back. You only watch.",
  "live.taken_over": "You’re in control of the remote browser. F8 gives it back.",

  // The wall.
  "wall.heading": "Wall",
  "wall.count": "{total, plural, one {# remote browser} other {# remote browsers}}",
  "wall.range": "{first}–{last} of {total}",
  "wall.empty": "No remote browser is running",
  "wall.empty_about": "When logins run, their remote browsers are shown here side by side.",
  "wall.leave": "Back to the list",
  "wall.previous": "Previous",
  "wall.next": "Next",
  "wall.reading": "Looking for remote browsers",
  "wall.no_webrtc": "This computer’s web engine can’t show it. Open it to see it in your browser.",
  "wall.slow":
    "Nothing has come. It may be slow, or at an address that isn’t on this environment’s list. Open it to see which.",
} as const;
