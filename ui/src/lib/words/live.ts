/** The words of the console's flows: the flow pane, the live view and the wall, in English. */
export const live = {} as const;
