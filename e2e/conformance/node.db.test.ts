import { declareConformance } from "./conformance.ts";

declareConformance("node");
