"""El trámite de una empresa: preguntas, respuestas, documentos, plazos y lo que ve en su página."""
