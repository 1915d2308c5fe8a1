// Busca en la tabla lo que dice cada regla. Aquí no hay ninguna regla: todo salió de las mismas funciones, al construir.
"use strict";

const CIFRAS_DE_UN_ENTERO = 7;

// Lo escrito → la forma en que lo entiende la función; null si no se entiende.
const CANONICAS = {
  plata(texto) {
    const llano = sinTildes(texto).replace(ADORNOS, "").trim();
    const [, enteros, decimales = "", palabra] = llano.match(EN_PALABRAS) ?? [];
    if (palabra) return entero(enteros + decimales.padEnd(palabra === "mil" ? 3 : 6, "0"));
    const junto = llano.replace(/\s/g, "");
    const cifras = /^\d{1,3}(,\d{3}){2,4}$/.test(junto) ? junto.replaceAll(",", "") : junto;
    return /^(\d{1,15}|\d{1,3}(\.\d{3}){1,4})$/.test(cifras) ? entero(cifras) : null;
  },
  entero(texto) {
    const sirve = /^(\d+|\d{1,3}(\.\d{3})+)$/.test(texto);
    return sirve && texto.replaceAll(".", "").length <= CIFRAS_DE_UN_ENTERO ? entero(texto) : null;
  },
  actividad(texto, tabla) {
    const codigo = texto.replace(/[\s.-]/g, "");
    if (!/^\d{5,6}$/.test(codigo)) return null;
    return lugares(tabla).has(codigo.padStart(6, "0")) ? codigo.padStart(6, "0") : null;
  },
  actividades(texto, tabla) {
    if (NO_HAY_MAS.includes(sinTildes(texto).replace(/\.+$/, ""))) return NINGUNA;
    const leidas = texto.split(/[,;|\n]|\sy\s/).flatMap(porEspacios).map((c) => CANONICAS.actividad(c, tabla));
    return leidas.length && !leidas.includes(null) ? [...new Set(leidas)].join(", ") : null;
  },
  fecha(texto) {
    const llano = sinTildes(texto);
    const [, dia, mes, anio] = llano.match(AL_DERECHO) ?? [];
    const [, anio2, mes2, dia2] = llano.match(AL_REVES) ?? [];
    return dia ? enFecha(anio, mes, dia) : anio2 ? enFecha(anio2, mes2, dia2) : null;
  },
};

const NINGUNA = "ninguna";
const ADORNOS = /\$|\bclp\b|\bpesos\b|(?:,0{1,2})?(?:\.?-)?$/g;
const EN_PALABRAS = /^(\d{1,3}(?:\.\d{3})*|\d{1,6})(?:[.,](\d{1,2}))? ?(mil|millon(?:es)?)(?: de)?$/;
const NO_HAY_MAS = [NINGUNA, "ninguno", "no", "no tengo", "no tengo mas", "0"];
const PRIMER_ANIO = 1900;
const MESES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" ");
const AL_DERECHO = /^(\d{1,2})(?:[-/. ]| de )(\d{1,2}|[a-z]{4,10})(?:[-/. ]| de | del )(\d{4})$/;
const AL_REVES = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;

function sinTildes(texto) {
  return texto.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").trim().split(/\s+/).join(" ");
}

// «107100 561000» son dos códigos; «107 100», uno.
function porEspacios(trozo) {
  const partes = trozo.split(/\s+/).filter(Boolean);
  return partes.every((parte) => /^\d{5,6}$/.test(parte)) ? partes : [trozo];
}

// El 31 de febrero no existe, y una fecha así el calendario la corre: por eso se vuelve a mirar.
function enFecha(anio, mes, dia) {
  const numero = mes === "setiembre" ? 9 : MESES.indexOf(mes) + 1 || Number(mes);
  const escrita = [anio, String(numero).padStart(2, "0"), dia.padStart(2, "0")].join("-");
  const leida = new Date(`${escrita}T00:00:00Z`);
  const existe = !Number.isNaN(leida.getTime()) && leida.toISOString().startsWith(escrita);
  return existe && Number(anio) >= PRIMER_ANIO ? escrita : null;
}

function entero(cifras) {
  return String(BigInt(cifras.replaceAll(".", "")));
}

// {valor} o {error}: las mismas palabras que contesta la función.
function canonizar(escrito, pregunta, tabla) {
  const limpio = escrito.normalize("NFC").trim();
  const largo = [...limpio].length;
  if (largo > pregunta.largo) return { error: `Acórtalo: tiene ${largo} caracteres y caben ${pregunta.largo}.` };
  if (!limpio || !(pregunta.tipo in CANONICAS)) return { valor: limpio };
  const valor = CANONICAS[pregunta.tipo](limpio, tabla);
  if (valor === null) return { error: pregunta.error };
  return pregunta.hasta && valor > pregunta.hasta ? { error: pregunta.error_hasta } : { valor };
}

const leidos = new WeakMap();

// Los códigos vienen como saltos desde el anterior: código → su lugar en la lista.
function lugares(tabla) {
  if (!leidos.has(tabla)) {
    let numero = 0;
    leidos.set(tabla, new Map(tabla.codigos.map((salto, i) => [String((numero += salto)).padStart(6, "0"), i])));
  }
  return leidos.get(tabla);
}

function grupo(tabla, regla, codigo) {
  return Number(tabla.reglas[regla].grupos[lugares(tabla).get(codigo)]);
}

function tramo(cortes, valor) {
  return cortes.filter((corte) => corte <= valor).length;
}

function otras(respuestas) {
  return (respuestas.otras_actividades ?? "").split(", ").filter((codigo) => /^\d+$/.test(codigo));
}

// Cómo se lee cada eje: 0 si no hay respuesta; si no, uno más que el lugar que ocupa.
const LECTORES = {
  ventas: (tabla, r) => (r.ventas ? 1 + tramo(tabla.cortes.ventas, Number(r.ventas)) : 0),
  inicio_fecha: (tabla, r) => (r.inicio_fecha ? 1 + tramo(tabla.cortes.inicio_fecha, r.inicio_fecha) : 0),
  actividad: (tabla, r, regla) => (r.actividad ? 1 + grupo(tabla, regla, r.actividad) : 0),
  comuna(tabla, r) {
    const { comunas } = tabla;
    return r.comuna ? 1 + (comunas[r.comuna] ?? comunas[r.comuna.slice(0, 2)] ?? comunas[""]) : 0;
  },
  asociados(tabla, r) {
    if (!r.ventas || !Number(r.asociados)) return 0;
    const [corte, entre] = tabla.asociado.map(BigInt);
    return BigInt(r.ventas) * entre < corte * BigInt(r.asociados) ? 1 : 2;
  },
  otras_actividades(tabla, r, regla) {
    if (!r.otras_actividades) return 0;
    return 1 + otras(r).reduce((mezcla, codigo) => mezcla | (1 << grupo(tabla, regla, codigo)), 0);
  },
};

function indice(tabla, eje, respuestas, regla) {
  if (eje in LECTORES) return LECTORES[eje](tabla, respuestas, regla);
  return tabla.opciones[eje].indexOf(respuestas[eje]) + 1;
}

// Con aritmética entera: hacia abajo, como la función, para que lo mostrado nunca cruce un borde.
function mostrarUf(tabla, pesos, entre) {
  const [uf, divisor] = tabla.uf.map(BigInt);
  const centesimos = String((BigInt(pesos) * divisor * 100n) / (uf * BigInt(entre))).padStart(3, "0");
  return `${centesimos.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ".")},${centesimos.slice(-2)} UF`;
}

function mostrarCodigos(lista) {
  return `${lista.length === 1 ? "código" : "códigos"} ${lista.join(", ")}`;
}

const HUECOS = {
  uf: (tabla, r) => mostrarUf(tabla, r.ventas, 1),
  promedio: (tabla, r) => mostrarUf(tabla, r.ventas, r.asociados),
  anios: (tabla, r) => tabla.anios[tramo(tabla.cortes.inicio_fecha, r.inicio_fecha)],
  comuna: (tabla, r, nombres) => nombres.comuna,
  principal: (tabla, r) => mostrarCodigos([r.actividad]),
  codigos: (tabla, r) => mostrarCodigos([r.actividad, ...otras(r)].filter(Boolean)),
};

// Un hallazgo por regla que rige, en su orden. `respuestas`: todas las claves, vacías si no hay; `nombres`: lo que se lee.
function revisar(tabla, respuestas, nombres) {
  const hallazgos = [];
  for (const [regla, { ejes, casos, salidas }] of Object.entries(tabla.reglas)) {
    let lugar = 0;
    for (const [eje, clases] of ejes) {
      lugar = lugar * (Math.max(...clases) + 1) + clases[indice(tabla, eje, respuestas, regla)];
    }
    const salida = salidas[casos[lugar]];
    if (!salida) continue;
    const [resultado, frase, hueco, clausula] = salida;
    const declarado = hueco.replace(/\{(\w+)\}/, (_, nombre) => HUECOS[nombre](tabla, respuestas, nombres));
    hallazgos.push({ regla, resultado, frase, declarado, clausula });
  }
  return hallazgos;
}
