/** The words of support's console, in English; those of its flows are in `live.ts`. */
export const console = {
  // The keys.
  "keys.title": "{label} ({key})",
  "keys.search": "Search",
  "keys.down": "Next connection in the list",
  "keys.up": "Previous connection in the list",
  "keys.open": "Open the connection",
  "keys.next": "Open the next that needs a person",
  "keys.start_login": "Start a login",
  "keys.copy_link": "Copy the Usher link",
  "keys.live_view": "Live view large or small",
  "keys.take_over": "Take over the remote browser",
  "keys.give_back": "Give the remote browser back",
  "keys.wall": "Wall of live views",
  "keys.facts": "Facts and timeline",
  "keys.edit": "Edit the connection",
  "keys.filter": "Filters",
  "keys.leave": "Leave what is on top",
  "keys.help": "Show the keys",
} as const;
