"""Two rulesets by meaning: what scores differently (`diff`), and what that does to last year's units (`impact`)."""
