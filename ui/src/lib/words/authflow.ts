/** The words of Prefactor's authflows, in English: looking one up, and how it goes on. */
export const authflow = {
  // Looking one up.
  "authflow.name": "Authflow",
  "keys.look_up": "Look up an authflow",
  "lookup.heading": "Look up an authflow",
  "lookup.label": "Id of the authflow",
  "lookup.hint": "32 letters and digits, as in Prefactor’s admin pages or a log.",
  "lookup.go": "Look it up",
  "lookup.busy": "Looking…",
  "lookup.anyway": "Look it up all the same",
  "lookup.another": "Look up another…",
  "lookup.query": "Look it up as an authflow",
  "lookup.leave": "Cancel",
  "lookup.empty": "Paste the id first.",
  "lookup.problem": "{title} {advice}",

  // The list, where it holds both.
  "list.count_both":
    "{total, plural, one {# connection or authflow} other {# connections and authflows}}",
  "list.no_match_both": "No connection and no watched authflow matches “{query}”.",

  // A row.
  "authflow_row.reading": "Looking it up",
  "authflow_row.new": "Not started",
  "authflow_row.pending": "In progress",
  "authflow_row.finished": "Steps finished",
  "authflow_row.complete": "Complete",
  "authflow_row.cancelled": "Cancelled",
  "authflow_row.no_status": "No status",
  "authflow_row.given_up": "Still waiting",
  "authflow_row.stopped": "Can’t be read",
  "authflow_row.no_key": "Needs a key",

  // The pane.
  "opening.authflow": "Looking it up…",
  "authflow.reading": "Looking it up…",
  "authflow.looked": "Asked Prefactor again.",
  "authflow.check": "Look again",
  "authflow.go_on": "Go on watching",
  "authflow.stop": "Stop watching",
  "authflow.remove": "Remove from the list",

  // How it stands.
  "authflow_status.new": "Not started yet",
  "authflow_status.pending": "In progress",
  "authflow_status.finished": "Steps finished, not complete yet",
  "authflow_status.finished_well": "Steps finished",
  "authflow_status.complete": "Complete",
  "authflow_status.cancelled": "Cancelled",
  "authflow_status.none": "Prefactor named no status",
  "authflow_status.unread": "Not known yet",
  "authflow.finished_now":
    "Prefactor calls it “finished”, which may not be the end. Usher goes on watching.",
  "authflow.success_now":
    "That is Prefactor’s word for it, and no proof that somebody is logged in.",
  "authflow.cancelled_now": "It ended early. Prefactor doesn’t say who ended it.",
  "authflow.unknown_now":
    "Usher doesn’t know this status, and takes it for neither success nor failure.",
  "authflow.none_now": "So Usher takes it for neither success nor failure.",
  "authflow.watching":
    "Read again every few seconds, for up to {minutes, plural, one {# minute} other {# minutes}}.",
  "authflow.given_up":
    "Still not ended after {minutes, plural, one {# minute} other {# minutes}}. It may have been abandoned: Prefactor knows no failure.",
  "authflow.given_up_failing":
    "It could not be read for {minutes, plural, one {# minute} other {# minutes}}, so Usher has stopped trying.",
  "authflow.before": "Below is what was known before.",
  "authflow.retrying": "Usher keeps trying.",
  "authflow.read_now": "Last read just now.",
  "authflow.read_ago": "Last read {time} ago.",
  "authflow.announce": "{title}: {status}.",

  // What is known of it.
  "authflow.facts": "Facts",
  "authflow_fact.title": "Title",
  "authflow_fact.id": "Id",
  "authflow_fact.plan": "Plan",
  "authflow_fact.factors": "Factors",
  "authflow_fact.account": "Account",
  "authflow_fact.domain": "Domain",
  "authflow_fact.pool": "Pool",
  "authflow_fact.device": "Device",
  "authflow_fact.session": "Session",
  "authflow_fact.created": "Created",
  "authflow.created_about": "about {time}, by its id",
  "authflow.untold": "Prefactor doesn’t say: {what}.",

  // When and where it was seen.
  "sighting.first": "First seen",
  "sighting.last": "Last seen",
  "sighting.none": "Prefactor doesn’t say.",
  "sighting.no_time": "Time not known",
  "sighting.device": "{browser} on {system}",
  "sighting.unknown_browser": "Unknown browser",
  "sighting.from": "from {address}",
  "sighting.more": "More about this device",
  "sighting.agent": "It says of itself",
  "sighting.place": "Place",
  "sighting.network": "Network",
  "sighting.network_number": "AS{number}",
  "sighting.position": "Position",
  "sighting.time_zone": "Time zone",
  "sighting.fingerprint": "Fingerprint",

  // Where it returns to.
  "return.heading": "Returns to",
  "return.shortened": "The rest is hidden: it may hold codes.",
  "return.open": "Open in browser",
  "return.opened": "Opened in your browser.",
  "return.cannot": "Only https addresses can be opened.",
  "return.why":
    "It is where the login is sent at its end. Opening it may use up what is in it. If you don’t expect this address, leave it closed.",

  // The statuses seen.
  "statuses.heading": "Statuses seen",
  "statuses.none": "none",

  // No service, and no key.
  "no_service.heading": "No Prefactor service is set up here",
  "no_service.intro":
    "To look up authflows, name the service in Usher’s list of environments, below this environment’s own lines:",
  "no_service.example":
    '[[environment]]\nname = "{environment}"\n\n[environment.authflow]\napi = "https://…"',
  "no_service.next": "Save the file and read it again. Usher need not be closed.",
  "no_key.heading": "Enter a key for Prefactor",
  "no_key.looking": "Looking for your Prefactor key",
  "no_key.looking_now": "Asking this computer’s keychain for the key.",
  "no_key.intro": "To look up authflows, Usher needs an API key for {host}.",
  "authflow_key.label": "Prefactor API key",
  "authflow_key.heading": "Prefactor key for {host}",
  "authflow_key.none": "There is none yet. Usher asks for it when an authflow is looked up.",
  "authflow_key.forget_heading": "Remove the Prefactor key?",
  "authflow_key.forget_intro":
    "Usher stops watching authflows and forgets the key, here and in the keychain. The key itself goes on working: to end that, revoke it at Prefactor.",
} as const;
