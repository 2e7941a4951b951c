"""Read a published report: documents, figures, statements, compliance."""
