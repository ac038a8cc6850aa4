# Correlations, means by group and balance on a made panel of 40 units and 6 years with gaps, ties and clusters. Own data, CC0.
# Rscript make.R
suppressMessages(library(sandwich))
set.seed(20)
units <- 40; years <- 6; n <- units * years
unit <- rep(1:units, each = years)
year <- rep(2001:(2000 + years), units)
effect <- rnorm(units)
treated <- rep(as.integer(runif(units) < 0.45), each = years)
region <- rep(c("east", "north", "west")[1 + (1:units) %% 3], each = years)
province <- rep(1 + (1:units - 1) %/% 5, each = years)
x <- round(effect[unit] + rnorm(n), 4)
y <- round(0.5 * x + 0.8 * effect[unit] + 0.4 * treated + rnorm(n) * (1 + treated), 4)
z <- round(exp(0.7 * x + rnorm(n)), 4)
k <- rpois(n, 1.5)
y[sample(n, 17)] <- NA
z[sample(n, 23)] <- NA
d <- data.frame(unit, year, province, region, treated, y, x, z, k)
write.csv(d, "data.csv", row.names = FALSE, na = "", quote = FALSE)

vars <- c("y", "x", "z", "k")
pairs <- combn(vars, 2, simplify = FALSE)
num <- function(v) if (is.na(v)) "null" else formatC(v, digits = 17, format = "g")
obj <- function(l) paste0("{", paste(sprintf('"%s": %s', names(l), l), collapse = ", "), "}")

correlation <- function(data, method) sapply(pairs, function(p) {
  test <- suppressWarnings(cor.test(data[[p[1]]], data[[p[2]]], method = method, exact = FALSE))
  ok <- sum(complete.cases(data[p]))
  r <- unname(test$estimate)
  t <- r * sqrt((ok - 2) / (1 - r^2))
  obj(list(first = sprintf('"%s"', p[2]), second = sprintf('"%s"', p[1]), n = ok, r = num(r), t = num(t), p = num(test$p.value)))
})

# Standard error of r by the delta method from five means under clustered errors.
clustered_r <- sapply(pairs, function(p) {
  data <- d[complete.cases(d[p]), ]
  a <- data[[p[1]]]; b <- data[[p[2]]]
  a <- a / sd(a); b <- b / sd(b)
  fit <- lm(cbind(a, b, a * a, b * b, a * b) ~ 1)
  V <- vcovCL(fit, cluster = data$unit, type = "HC0", cadjust = TRUE)
  m <- colMeans(cbind(a, b, a * a, b * b, a * b))
  f <- function(m) (m[5] - m[1] * m[2]) / sqrt((m[3] - m[1]^2) * (m[4] - m[2]^2))
  va <- m[3] - m[1]^2; vb <- m[4] - m[2]^2; r <- f(m)
  g <- c(-m[2] / sqrt(va * vb) + r * m[1] / va, -m[1] / sqrt(va * vb) + r * m[2] / vb, -r / (2 * va), -r / (2 * vb), 1 / sqrt(va * vb))
  se <- sqrt(drop(t(g) %*% V %*% g))
  G <- length(unique(data$unit))
  obj(list(first = sprintf('"%s"', p[2]), second = sprintf('"%s"', p[1]), r = num(r), se = num(se), df = G - 1,
           p = num(2 * pt(-abs(r / se), G - 1))))
})

two <- function(equal) sapply(vars, function(v) {
  a <- d[[v]][d$treated == 1]; b <- d[[v]][d$treated == 0]
  a <- a[!is.na(a)]; b <- b[!is.na(b)]
  test <- t.test(a, b, var.equal = equal)
  obj(list(variable = sprintf('"%s"', v), n1 = length(a), n0 = length(b), mean1 = num(mean(a)), mean0 = num(mean(b)),
           sd1 = num(sd(a)), sd0 = num(sd(b)), se = num(test$stderr), t = num(unname(test$statistic)),
           df = num(unname(test$parameter)), p = num(test$p.value),
           standardised = num((mean(a) - mean(b)) / sqrt((var(a) + var(b)) / 2)), ratio = num(var(a) / var(b))))
})

many <- function(equal) sapply(vars, function(v) {
  test <- oneway.test(d[[v]] ~ d$region, var.equal = equal)
  obj(list(variable = sprintf('"%s"', v), f = num(unname(test$statistic)), df1 = unname(test$parameter[1]),
           df2 = num(unname(test$parameter[2])), p = num(test$p.value)))
})

wald <- function(fit, V, drop) {
  b <- coef(fit)[-drop]; S <- V[-drop, -drop, drop = FALSE]
  drop(t(b) %*% solve(S) %*% b) / length(b)
}

clustered_t <- function(effects) sapply(vars, function(v) {
  data <- d[!is.na(d[[v]]), ]
  formula <- as.formula(paste(v, "~ treated", if (effects) "+ factor(province)" else ""))
  fit <- lm(formula, data)
  V <- vcovCL(fit, cluster = data$unit, type = "HC1", cadjust = TRUE)
  G <- length(unique(data$unit)); t <- coef(fit)["treated"] / sqrt(V["treated", "treated"])
  obj(list(variable = sprintf('"%s"', v), difference = num(coef(fit)["treated"]), se = num(sqrt(V["treated", "treated"])),
           df = G - 1, p = num(2 * pt(-abs(t), G - 1))))
})

clustered_f <- sapply(vars, function(v) {
  data <- d[!is.na(d[[v]]), ]
  fit <- lm(as.formula(paste(v, "~ region")), data)
  V <- vcovCL(fit, cluster = data$unit, type = "HC1", cadjust = TRUE)
  f <- wald(fit, V, 1); G <- length(unique(data$unit))
  obj(list(variable = sprintf('"%s"', v), f = num(f), df1 = 2, df2 = G - 1, p = num(pf(f, 2, G - 1, lower.tail = FALSE))))
})

joint <- local({
  data <- d[complete.cases(d[vars]), ]
  fit <- lm(treated ~ y + x + z + k, data)
  V <- vcovCL(fit, cluster = data$unit, type = "HC1", cadjust = TRUE)
  G <- length(unique(data$unit)); f <- wald(fit, V, 1); iid <- summary(fit)$fstatistic
  obj(list(n = nrow(data), f = num(f), df2 = G - 1, p = num(pf(f, 4, G - 1, lower.tail = FALSE)), f_iid = num(unname(iid[1])),
           df2_iid = unname(iid[3]), p_iid = num(unname(pf(iid[1], iid[2], iid[3], lower.tail = FALSE)))))
})

list_of <- function(v) paste0("[\n    ", paste(v, collapse = ",\n    "), "\n  ]")
parts <- c(
  licence = '"simulated here"', program = sprintf('"%s, sandwich %s"', R.version.string, packageVersion("sandwich")),
  call = '"cor.test, t.test, oneway.test, lm with sandwich::vcovCL"',
  pearson = list_of(correlation(d, "pearson")), spearman = list_of(correlation(d, "spearman")),
  listwise = list_of(correlation(d[complete.cases(d[vars]), ], "pearson")), clustered_r = list_of(clustered_r),
  welch = list_of(two(FALSE)), pooled = list_of(two(TRUE)), welch_f = list_of(many(FALSE)), anova = list_of(many(TRUE)),
  clustered_t = list_of(clustered_t(FALSE)), within_t = list_of(clustered_t(TRUE)), clustered_f = list_of(clustered_f),
  joint = joint)
writeLines(paste0("{\n  ", paste(sprintf('"%s": %s', names(parts), parts), collapse = ",\n  "), "\n}"), "reference.json")
