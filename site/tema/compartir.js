// Compartir con lo que trae el teléfono y copiar la dirección; lo que el navegador no sabe hacer no se muestra.
"use strict";

function mostrar(boton, alTocar) {
  boton.closest("li").hidden = false;
  boton.addEventListener("click", alTocar);
}

async function compartir(datos) {
  try {
    await navigator.share(datos);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

for (const lista of document.querySelectorAll(".comparte")) {
  const datos = { title: lista.dataset.titulo, text: lista.dataset.texto, url: location.origin + location.pathname };
  const aviso = document.querySelector("[data-copiado]");
  if (navigator.share) mostrar(lista.querySelector("[data-compartir]"), () => compartir(datos));
  if (navigator.clipboard) {
    mostrar(lista.querySelector("[data-copiar]"), async () => {
      await navigator.clipboard.writeText(datos.url);
      aviso.textContent = "Listo: copiamos el enlace. Pégalo donde quieras.";
    });
  }
}
