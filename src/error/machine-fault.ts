/** What a machine has too little of, or does not allow. None of it is a fault of the program. */
export const machineFaults = [
  'disk-full',
  'file-limit',
  'read-only',
  'no-permission',
  'too-many-files',
  'too-many-threads',
  'memory',
  'gone',
  'not-a-folder',
  'is-folder',
  'long-name',
  'link-loop',
  'in-use',
  'device',
  'nesting',
] as const;

export type MachineFault = (typeof machineFaults)[number];
