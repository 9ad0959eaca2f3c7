export const models = {
    id: "groq",
    models: {},
};
export default models;
