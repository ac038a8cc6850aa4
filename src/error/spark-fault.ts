/** What a server of Spark Connect was asked in vain. */
export interface SparkFault {
  /** `host:port`. */
  readonly server: string;
  readonly reason: /** The server's own error. */
    | 'error'
    /** Nobody answers there. */
    | 'absent'
    /** It was there, and is not any more, or has forgotten the session. */
    | 'gone'
    /** Something answers that does not speak as a server of Spark Connect does. */
    | 'cut'
    /** Its certificate is not one that is trusted here. */
    | 'untrusted'
    /** It does not let this client in. */
    | 'refused';
  readonly message: string;
  /** `TABLE_OR_VIEW_NOT_FOUND`, and the SQLSTATE, where the server gives them. */
  readonly errorClass: string | null;
  readonly state: string | null;
}
