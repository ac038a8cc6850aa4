# Milliseconds of fixest's 2SLS and of its tests of instruments, on a CSV with formulas and covariances from the command line:
# Rscript fixest_times.R data.csv runs formula vcov [formula vcov ...]; answers as JSON on stdout. Its Kleibergen-Paap stops with
# an error under clusters here (0.12.2) and is left out there.
library(fixest)
setFixest_nthreads(1)
asked <- commandArgs(TRUE)
data <- read.csv(asked[1])
runs <- as.integer(asked[2])
timed <- function(action) sapply(seq_len(runs + 3), function(i) {
  since <- Sys.time()
  action()
  1000 * as.numeric(difftime(Sys.time(), since, units = "secs"))
})[-(1:3)]
pairs <- matrix(asked[-(1:2)], nrow = 2)
ms <- apply(pairs, 2, function(one) {
  formula <- as.formula(one[1])
  vcov <- if (startsWith(one[2], "~")) as.formula(one[2]) else one[2]
  model <- feols(formula, data, vcov = vcov)
  list(
    fit = timed(function() se(feols(formula, data, vcov = vcov))),
    tests = timed(function() {
      model <- feols(formula, data, vcov = vcov)
      fitstat(model, if (startsWith(one[2], "~")) ~ ivf + ivwald + wh + sargan + cd else ~ ivf + ivwald + wh + sargan + cd + kpr)
    }),
    estimate = unname(coef(model)["fit_x"])
  )
})
cat(jsonlite::toJSON(list(version = as.character(packageVersion("fixest")), ms = ms), auto_unbox = TRUE, digits = NA))
