"""党费: the monthly amount by rule (中组发〔2008〕3号)."""
