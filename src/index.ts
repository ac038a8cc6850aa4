import './library/speak.ts';

export type { ErrorCode, ErrorDetail, StudyFault } from './error/codes.ts';
export { exitStatusOf } from './error/codes.ts';
export type { Diagnostic } from './error/diagnostic.ts';
export { isStudyError, StudyError } from './error/study-error.ts';
export { type RunStudyOptions, runStudy, type StudyRun } from './platform/run-study.ts';
export { studyJsonSchema } from './study/language/json-schema.ts';
export { parseRawStudy } from './study/language/load-study.ts';
export type { PublishedNumber } from './study/language/published.ts';
export { parsePublished } from './study/language/published.ts';
export type { ResolvedRawStudy } from './study/language/resolve.ts';
export { resolveRawStudy } from './study/language/resolve.ts';
export type { RawStudySpec } from './study/language/spec.ts';
