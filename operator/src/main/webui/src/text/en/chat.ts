/** What the chat says. One sentence each, with what to do next where something is wrong. */
export const chat = {
  /** Told to a model, not to a person. */
  goOnPrompt: 'Go on exactly where you stopped. Do not repeat anything.',

  unreadable: {
    detail:
      'What came back is no answer of the Playground’s server. A proxy in between may have answered in its place.',
    action: 'Ask again; if it stays so, look at what stands between this page and its server.',
  },
};
