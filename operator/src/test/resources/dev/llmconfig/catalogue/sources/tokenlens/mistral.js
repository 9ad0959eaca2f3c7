export const models = {
    id: "mistral",
    models: {},
};
export default models;
