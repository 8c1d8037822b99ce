-- Open months that neither the person nor the village pays: whoever answers for the payer is told.
CREATE INDEX contribution_sponsored ON contribution (submission_id)
  WHERE paid_on IS NULL AND payer IN ('apbd', 'apbn', 'csr', 'agent');
