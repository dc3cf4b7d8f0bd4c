/** What a push message of the server says. */

export interface Pushed {
  type: string;
  title: string;
  body: string;
  /** Path of the web app; empty if there is nothing to open. */
  link: string;
}
