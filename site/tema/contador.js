// Cuenta las letras de una respuesta larga mientras se escribe. No corta nada: si se pasa, lo dice. Sin guion queda el tope.
"use strict";

const MILES = new Intl.NumberFormat("es-CL", { useGrouping: "always" });

function letras(cuantas) {
  return `${MILES.format(cuantas)} ${cuantas === 1 ? "letra" : "letras"}`;
}

// Como cuenta la función: sin los espacios de los bordes, y cada letra una vez, también la que lleva su tilde aparte.
function cuenta(texto) {
  return [...texto.normalize("NFC").trim()].length;
}

for (const dicho of document.querySelectorAll("[data-tope][data-de]")) {
  const campo = document.getElementById(dicho.dataset.de);
  const tope = Number(dicho.dataset.tope);
  const decir = () => {
    const lleva = cuenta(campo.value);
    dicho.textContent = lleva > tope ? `Te pasas por ${letras(lleva - tope)}: caben ${MILES.format(tope)}.` : `Llevas ${MILES.format(lleva)} de ${letras(tope)}.`;
    dicho.classList.toggle("msj", lleva > tope);
  };
  campo.addEventListener("input", decir);
  if (campo.value) decir();
}
