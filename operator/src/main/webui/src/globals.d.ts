/** Whether the page with every part in every state is built in. */
declare const __STORIES__: boolean;
