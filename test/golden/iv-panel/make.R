# Rscript make.R, in this folder: 24 units over 8 years with holes, two endogenous regressors, three instruments, one control.
# Coefficients, iid, HC and clustered covariances and diagnostics by AER and sandwich with all dummies; Kleibergen-Paap by the
# formula of the paper with its A_q and B_q, Kronecker products written out; LIML by its normal equations.
suppressMessages({ library(AER); library(sandwich); library(jsonlite) })
set.seed(20250305)
d <- expand.grid(time = 2001:2008, unit = 1:24)
n <- nrow(d); fx <- rnorm(24)[d$unit] + 0.4 * rnorm(8)[d$time - 2000]
d$z1 <- round(rnorm(n) + 0.4 * fx, 5); d$z2 <- round(rnorm(n), 5); d$z3 <- round(runif(n), 5); d$c <- round(rnorm(n) + fx, 5)
common <- rnorm(24)[d$unit] * 0.3
v1 <- rnorm(n) + common; v2 <- rnorm(n); u <- 0.6 * v1 - 0.4 * v2 + rnorm(n) * (0.5 + abs(d$z1)) + common
d$a <- round(0.7 * d$z1 + 0.3 * d$z2 + 0.2 * d$c + fx + v1, 5)
d$b <- round(0.5 * d$z2 - 0.6 * d$z3 + fx + v2, 5)
d$w <- round(runif(n, 0.5, 2), 3)
d$y <- round(0.8 * d$a - 0.5 * d$b + 0.3 * d$c + fx + u, 5)
d <- d[sort(sample(n, 176)), ]; rownames(d) <- NULL
dm <- "factor(unit) + factor(time)"
fit <- function(endog, inst, weighted = FALSE) {
  f <- as.formula(sprintf("y ~ %s + c + %s | c + %s + %s", endog, dm, inst, dm))
  if (weighted) ivreg(f, data = d, weights = w) else ivreg(f, data = d)
}
m1 <- fit("a", "z1 + z2"); m2 <- fit("a + b", "z1 + z2 + z3"); mw <- fit("a", "z1 + z2", TRUE)
se <- function(m, v, k) as.list(sqrt(diag(v)[k]))
one <- function(m, k) list(
  coef = as.list(coef(m)[k]), iid = se(m, vcov(m), k), hc1 = se(m, vcovHC(m, type = "HC1"), k), hc0 = se(m, vcovHC(m, type = "HC0"), k),
  cluster = se(m, vcovCL(m, cluster = ~unit, type = "HC0", cadjust = FALSE), k),
  twoway = se(m, vcovCL(m, cluster = ~ unit + time, type = "HC0", cadjust = FALSE, multi0 = FALSE), k))
N <- nrow(d)
W <- model.matrix(as.formula(paste("~ c +", dm)), d); M <- diag(N) - W %*% solve(crossprod(W), t(W))
L <- function(l1) l1 + ncol(W)
groups <- list(hc0 = list(seq_len(N)), cluster = list(d$unit), twoway = list(d$unit, d$time))
omega <- function(s, g) {
  one <- function(f) crossprod(rowsum(s, f))
  if (length(g) == 1) one(g[[1]]) else one(g[[1]]) + one(g[[2]]) - one(paste(g[[1]], g[[2]]))
}
kp <- function(X, Z, g) {
  X <- M %*% X; Z <- M %*% Z; k1 <- ncol(X); l1 <- ncol(Z)
  pi <- solve(crossprod(Z), crossprod(Z, X)); v <- X - Z %*% pi
  G <- chol(crossprod(Z) / N); H <- t(solve(chol(crossprod(X) / N)))
  theta <- G %*% pi %*% t(H); s <- svd(theta, nu = l1, nv = k1); q <- k1 - 1
  u12 <- s$u[, (q + 1):l1, drop = FALSE]; u22 <- s$u[(q + 1):l1, (q + 1):l1, drop = FALSE]; v22 <- s$v[(q + 1):k1, (q + 1):k1, drop = FALSE]
  root <- function(a) { e <- eigen(a, symmetric = TRUE); e$vectors %*% diag(sqrt(pmax(e$values, 0)), nrow(a)) %*% t(e$vectors) }
  aq <- u12 %*% solve(u22) %*% root(u22 %*% t(u22))
  bq <- root(v22 %*% t(v22)) %*% solve(t(v22)) %*% t(s$v[, (q + 1):k1, drop = FALSE])
  lambda <- kronecker(bq, t(aq)) %*% as.vector(theta)
  stat <- function(e) {
    sc <- do.call(cbind, lapply(seq_len(k1), function(j) Z * e[, j])) / N
    zi <- solve(crossprod(Z) / N); T <- kronecker(H, G %*% zi)
    w <- kronecker(bq, t(aq)) %*% T %*% omega(sc, g) %*% t(T) %*% t(kronecker(bq, t(aq)))
    as.numeric(t(lambda) %*% solve(w, lambda))
  }
  wald <- stat(v); lm <- stat(X)
  hasg <- length(unique(g[[1]])) < N; m <- min(sapply(g, function(f) length(unique(f))))
  f <- if (hasg) wald / (N - 1) * (N - L(l1)) * (m - 1) / m / l1 else wald / N * (N - L(l1)) / l1
  list(lm = lm, f = f)
}
rank <- function(X, Z) {
  X <- M %*% X; Z <- M %*% Z; P <- Z %*% solve(crossprod(Z), t(Z))
  r2 <- min(Re(eigen(solve(crossprod(X), t(X) %*% P %*% X))$values)); l1 <- ncol(Z)
  list(anderson = N * r2, cragg_donald = r2 / (1 - r2) * (N - L(l1)) / l1)
}
liml <- function(X, Z) {
  Y <- M %*% cbind(d$y, X); Zm <- M %*% Z; MZ <- diag(N) - Zm %*% solve(crossprod(Zm), t(Zm))
  k <- min(Re(eigen(solve(t(Y) %*% MZ %*% Y, crossprod(Y)))$values)); R <- cbind(X, W)
  full <- cbind(Z, W); MF <- diag(N) - full %*% solve(crossprod(full), t(full)); H <- crossprod(R) - k * t(R) %*% MF %*% R
  b <- solve(H, crossprod(R, d$y) - k * t(R) %*% MF %*% d$y)
  e <- d$y - R %*% b
  list(lambda = k, coef = as.numeric(b[seq_len(ncol(X))]), se = sqrt(diag(solve(H))[seq_len(ncol(X))] * sum(e^2) / (N - ncol(R))))
}
diagnose <- function(m) { x <- summary(m, diagnostics = TRUE)$diagnostics; apply(x, 1, function(r) as.list(r)) }
X1 <- as.matrix(d["a"]); X2 <- as.matrix(d[c("a", "b")]); Z1 <- as.matrix(d[c("z1", "z2")]); Z2 <- as.matrix(d[c("z1", "z2", "z3")])
out <- list(r = R.version.string, aer = as.character(packageVersion("AER")), sandwich = as.character(packageVersion("sandwich")),
  one = c(one(m1, c("a", "c")), list(diagnostics = diagnose(m1), rank = rank(X1, Z1), kp = lapply(groups, function(g) kp(X1, Z1, g)), liml = liml(X1, Z1))),
  two = c(one(m2, c("a", "b", "c")), list(diagnostics = diagnose(m2), rank = rank(X2, Z2), kp = lapply(groups, function(g) kp(X2, Z2, g)), liml = liml(X2, Z2))),
  weighted = list(coef = as.list(coef(mw)[c("a", "c")]), iid = se(mw, vcov(mw), c("a", "c"))))
write.csv(d, "data.csv", row.names = FALSE, quote = FALSE)
write(toJSON(out, auto_unbox = TRUE, digits = NA, pretty = TRUE), "reference.json")
