import './library/speak.ts';

export type { ErrorCode, ErrorDetail, StudyFault } from './error/codes.ts';
export { exitStatusOf } from './error/codes.ts';
export type { Diagnostic } from './error/diagnostic.ts';
export { isStudyError, StudyError } from './error/study-error.ts';
export { type RunStudyOptions, runStudy, type StudyRun } from './platform/run-study.ts';
export { studyJsonSchema } from './study/language/json-schema.ts';
export { parseStudy } from './study/language/load-study.ts';
export type { PublishedNumber } from './study/language/published.ts';
export { parsePublished } from './study/language/published.ts';
export type { ResolvedStudy } from './study/language/resolve.ts';
export { resolveStudy } from './study/language/resolve.ts';
export type { StudySpec } from './study/language/spec.ts';
