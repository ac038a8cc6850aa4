import fc from 'fast-check';

// Property tests draw the same cases in every run, so that a red run is about the change. Other cases: FAST_CHECK_SEED=7 npm test.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20261128) });
