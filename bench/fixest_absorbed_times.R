# Seconds of R fixest on one file: Rscript fixest_absorbed_times.R FILE THREADS RUNS TOLERANCE FORMULA CLUSTER   (fixest installed)
# Prints one line of JSON. TOLERANCE 0 leaves fixest's own (1e-6). A formula may stand for several models.
suppressMessages(library(fixest))
given <- commandArgs(trailingOnly = TRUE)
data <- if (requireNamespace("data.table", quietly = TRUE)) as.data.frame(data.table::fread(given[1])) else read.csv(given[1])
setFixest_nthreads(as.integer(given[2]))
runs <- as.integer(given[3])
tolerance <- as.numeric(given[4])
formula <- as.formula(given[5])
cluster <- as.formula(paste("~", given[6]))
fit <- function() {
  if (tolerance == 0) feols(formula, data, cluster = cluster, notes = FALSE)
  else feols(formula, data, cluster = cluster, notes = FALSE, fixef.tol = tolerance, fixef.iter = 1e6)
}
loaded <- grep("VmRSS", readLines("/proc/self/status"), value = TRUE)
elapsed <- processor <- numeric(runs)
for (run in 0:runs) {
  since <- proc.time()
  models <- fit()
  coefficients <- if (inherits(models, "fixest_multi")) coef(models[[length(models)]]) else coef(models)
  errors <- if (inherits(models, "fixest_multi")) se(models[[length(models)]]) else se(models)
  took <- proc.time() - since
  if (run > 0) {
    elapsed[run] <- took[["elapsed"]]
    processor[run] <- took[["user.self"]] + took[["sys.self"]]
  }
}
peak <- grep("VmHWM", readLines("/proc/self/status"), value = TRUE)
megabytes <- function(line) round(as.numeric(gsub("[^0-9]", "", line)) / 1024)
numbers <- function(x) paste0("[", paste(format(x, digits = 15), collapse = ","), "]")
cat(sprintf(
  '{"version":"%s","r":"%s","elapsed":%s,"processor":%s,"coef":%s,"se":%s,"loaded_mb":%d,"peak_mb":%d}\n',
  packageVersion("fixest"), getRversion(), numbers(elapsed), numbers(processor), numbers(unname(coefficients)),
  numbers(unname(errors)), megabytes(loaded), megabytes(peak)
))
